"""The building itself: settings, addresses, the ``perisai`` command, the embedded database, the demo."""
