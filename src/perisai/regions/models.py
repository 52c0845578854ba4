"""A region keeps its row for ever; what changes about it stands in dated versions."""

from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from perisai.regions import rules
from perisai.regions.rules import Kind, Level


class Region(models.Model):
    """One region as the latest edition of the codes has it; a vanished code keeps its row and references."""

    id = models.BigAutoField(primary_key=True)
    level = models.CharField(max_length=8)
    # unique=True on a CharField also brings the pattern_ops index that ``within`` needs under any collation.
    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=rules.LONGEST_NAME)
    kind = models.CharField(max_length=9)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    path_names = models.TextField()
    name_key = models.TextField()
    words = ArrayField(models.TextField())
    is_current = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=[*Level]), name="regions_region_level_known"),
            models.CheckConstraint(condition=Q(kind__in=[*Kind]), name="regions_region_kind_known"),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE, parent=None) | ~Q(level=Level.PROVINCE) & Q(parent__isnull=False),
                name="regions_region_province_on_top",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE) & Q(code__regex=r"^\d\d$")
                | Q(level=Level.REGENCY) & Q(code__regex=r"^\d\d\.\d\d$")
                | Q(level=Level.DISTRICT) & Q(code__regex=r"^\d\d(\.\d\d){2}$")
                | Q(level=Level.VILLAGE) & Q(code__regex=r"^\d\d(\.\d\d){2}\.[123]\d{3}$"),
                name="regions_region_code_fits_level",
            ),
        ]
        indexes = [
            GinIndex(OpClass(F("name_key"), name="gin_trgm_ops"), name="regions_region_name_trgm"),
            GinIndex(fields=["words"], name="regions_region_words"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.path_names}"

    @property
    def local_word(self) -> str:
        """nagari, desa, kelurahan, desa adat, kecamatan, kabupaten, kota or provinsi."""
        return rules.local_word(self.code)

    @property
    def zone(self) -> ZoneInfo:
        return rules.zone_of(self.code)


class RegionVersion(models.Model):
    """Code and name from a day on, until the next version; ``ended``: from that day there is no such region."""

    # The unique constraint below indexes the region.
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    effective_from = models.DateField()
    code = models.CharField(max_length=13)
    name = models.CharField(max_length=rules.LONGEST_NAME)
    ended = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "effective_from"], name="regions_version_one_a_day"),
        ]
        indexes = [models.Index(fields=["code"], name="regions_version_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name} ({self.effective_from})"


class Succession(models.Model):
    """Land or people of one region went to another: a split (one to many) or a merger (many to one)."""

    from_region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    to_region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    effective_on = models.DateField()
    reference = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_region", "to_region"], name="regions_succession_once"),
            models.CheckConstraint(condition=~Q(from_region=F("to_region")), name="regions_succession_two_regions"),
        ]

    def __str__(self) -> str:
        return f"{self.from_region_id} → {self.to_region_id} ({self.effective_on})"


class Edition(models.Model):
    """A loaded edition of the national codes: what it says holds from this day."""

    effective_from = models.DateField(unique=True)
    loaded_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.effective_from)


class Word(models.Model):
    """A word of the names and paths of current regions: what a misspelt word is held against."""

    word = models.TextField(primary_key=True)
    uses = models.IntegerField()

    class Meta:
        indexes = [
            GinIndex(OpClass(F("word"), name="gin_trgm_ops"), name="regions_word_trgm"),
            models.Index(OpClass(F("word"), name="text_pattern_ops"), name="regions_word_start"),
        ]

    def __str__(self) -> str:
        return self.word
