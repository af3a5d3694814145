"""Forms made from record declarations."""
