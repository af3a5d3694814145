"""What a person can do with a desk; one function a deed."""
