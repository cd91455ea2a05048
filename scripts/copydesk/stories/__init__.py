"""A story's folder: its versions, its codings, the findings that count, and honest statistics for few numbers."""
