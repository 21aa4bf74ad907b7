import pytest
from django.db import models

from occupations.catalogue.stored import MODELS, lookup
from occupations.catalogue.tables import TABLES


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_and_its_model_agree(table):
    model = MODELS[table.name]
    model_fields = model._meta.concrete_fields
    behind_references = {
        name for reference in table.references if reference.field for name in reference.columns
    }
    columns = {column.name: column for column in table.columns}
    fields = {
        field.name: field
        for field in model_fields
        if not field.primary_key and field.name != "withdrawn_on"
    }

    own = {name for name in table.names if name not in behind_references}
    named = {reference.field for reference in table.references if reference.field}
    assert own | named == fields.keys()
    assert table.is_kept == any(field.name == "withdrawn_on" for field in model_fields)
    for name in own & columns.keys():
        column, field = columns[name], fields[name]
        if field.choices:
            assert set(column.options) == {value for value, _ in field.flatchoices}
        elif isinstance(field, models.CharField):
            assert column.most <= field.max_length
        if column.optional and column.empty is None:
            assert field.null
    for name in behind_references:
        assert lookup(table, name).count("__") >= 1
