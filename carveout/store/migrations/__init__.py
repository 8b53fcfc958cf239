"""How a store of any earlier version becomes one of this version: one step per version, run on opening."""
