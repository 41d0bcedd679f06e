"""What keeps watcher going for years: how long things are kept, room on the disk, trying itself."""
