"""The command line: parse, call a service, show. Importing it imports nothing."""
