"""What answers to the mouse and the keyboard in JupyterLab: the browser of a story, and parts to play with."""
