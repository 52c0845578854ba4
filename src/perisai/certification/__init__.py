"""Training certificates and BNSP certificates; may this Perisai act today?"""
