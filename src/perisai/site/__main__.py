"""``python -m perisai.site``: the same as the ``perisai`` command."""

from perisai.site.cli import main

main()
