"""PDF files as such: opened, read and added to, whatever they hold."""
