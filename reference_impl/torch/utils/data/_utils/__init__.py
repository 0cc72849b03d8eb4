"""What a `DataLoader` does with samples, in the modules that torch has it in."""
