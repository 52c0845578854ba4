"""Cases in JSON, one a line, and their answers: shared by the commands that compute by law."""
