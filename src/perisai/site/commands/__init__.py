"""Commands of the ``perisai`` program, one module each; its ``command`` is the click command."""
