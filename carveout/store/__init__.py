"""Where observed workdays are kept: one database, every change recorded, nothing typed ever lost."""
