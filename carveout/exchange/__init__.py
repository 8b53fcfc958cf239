"""Files of other programs: what they hold becomes workdays, and workdays become such files again."""

from carveout.exchange.formats import Format, format_of, formats, lost
from carveout.exchange.imported import Imported, NewPerson, UnknownColumn, UnknownTask
from carveout.exchange.limits import DEFAULT_LIMITS, Limits
from carveout.exchange.mapping import FIELDS, LEAVE_OUT, Mapping, MappingError
from carveout.exchange.reading import read_file, recognise
from carveout.exchange.writing import write_file

__all__ = [
    "DEFAULT_LIMITS",
    "FIELDS",
    "LEAVE_OUT",
    "Format",
    "Imported",
    "Limits",
    "Mapping",
    "MappingError",
    "NewPerson",
    "UnknownColumn",
    "UnknownTask",
    "format_of",
    "formats",
    "lost",
    "read_file",
    "recognise",
    "write_file",
]
