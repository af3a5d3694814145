"""Several providers' council returns together: the sum, and each beside the others."""
