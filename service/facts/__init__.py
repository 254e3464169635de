"""The facts of one child-support case, as frozen values that know no JSON, no HTTP and no clock."""
