"""One file a command. Each imports what is heavy only when it runs, so that `kg --help` answers at once."""
