"""What an employer is: its scale and its industry."""

from enum import StrEnum


class Industry(StrEnum):
    """Labour-intensive industries (PP 7/2025); the rulebook says which of them have the relief."""

    FOOD_DRINK_TOBACCO = "food_drink_tobacco"
    TEXTILE_APPAREL = "textile_apparel"
    LEATHER = "leather"
    FOOTWEAR = "footwear"
    TOYS = "toys"
    FURNITURE = "furniture"


class FirmSize(StrEnum):
    """The scale of an employer (Perpres 109/2013)."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
