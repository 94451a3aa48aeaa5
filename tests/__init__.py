"""The tests mirror the source: unit, integration, browser, contract, acceptance."""
