"""Events at which agents explain the programmes, and who came."""
