"""What a notebook works at: its parameters, its page, and what answers to the mouse."""
