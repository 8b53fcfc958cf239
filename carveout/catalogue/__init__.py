"""What a task is, whatever it was called: codes, labels, synonyms, declared attributes, each with its source."""

from carveout.catalogue.load import CatalogueError, catalogue, read_catalogue
from carveout.catalogue.tasks import Catalogue, CatalogueTask, Source

__all__ = ["Catalogue", "CatalogueError", "CatalogueTask", "Source", "catalogue", "read_catalogue"]
