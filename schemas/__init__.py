"""The JSON border: case facts in, results out; marshmallow stays inside this package."""
