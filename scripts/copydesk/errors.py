"""The one kind of error that a user's input can cause."""


class InputError(ValueError):
    """A wrong input, in one sentence that names the file, the place and the fix.

    Scripts print it on standard error and leave with exit status 2; in a bare notebook it is the error.
    """

    def _render_traceback_(self) -> list[str]:
        """IPython shows this instead of a traceback: the sentence is all that the reader needs."""
        return [f"InputError: {self}"]
