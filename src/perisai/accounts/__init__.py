"""Sign-in identity only: who holds which user name and password, and when they are locked out."""
