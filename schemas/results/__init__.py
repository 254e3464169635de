"""Results out: what the API and the command line answer, as JSON objects."""

from schemas.results.determinations import determination_json
from schemas.results.verifications import verification_json

__all__ = ["determination_json", "verification_json"]
