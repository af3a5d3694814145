"""Questions that lists and pages ask of the store; one typed function a question."""
