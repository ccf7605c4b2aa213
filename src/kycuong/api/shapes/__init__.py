"""The shapes of the API: what goes in, what comes out; the contract with other systems, apart from our own classes."""
