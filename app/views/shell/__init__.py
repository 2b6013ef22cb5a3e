"""The frame round the pages: sidebar, header, inspector, palette, status."""
