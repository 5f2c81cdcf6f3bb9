"""Values held against a shape of a botocore service model.

botocore's ParamValidator looks at types, required and unknown members and minima. AWS refuses more than that, and its
model says so: patterns, enums, maxima. `violations` is the sum of both, as sentences that begin with the member.
"""

import regex
from botocore.validate import ParamValidator

SECRET = "***"  # what the ledger writes for a secret: it says nothing about the value's form
SAMPLES = {
    "integer": 1,
    "long": 1,
    "float": 1.0,
    "double": 1.0,
    "boolean": True,
    "timestamp": 0,
    "blob": b"",
    "string": "",
}
NUMBERS = {"integer": int, "long": int, "float": float, "double": float}
BOUNDED_BY_LENGTH = ("string", "blob", "list", "map")
# The models write characters beyond U+FFFF as UTF-16 pairs.
ASTRAL = (r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010FFFF")


def violations(value, shape, protocol):
    """Every way in which `value`, as decoded from `protocol`, differs from what `shape` allows."""
    found = []
    report = ParamValidator().validate(prepared(value, shape), shape)
    if report.has_errors():
        found += report.generate_report().split("\n")
    found += list(constraint_violations(value, shape, protocol, ""))
    return found


def is_stand_in(value):
    """What the ledger writes instead of a secret, a body or a very long text: `***`, {"bytes": n}, {"characters": n}."""
    if isinstance(value, dict) and len(value) == 1:
        return isinstance(value.get("bytes", value.get("characters")), int)
    return value == SECRET


def prepared(value, shape):
    """`value` with a sample in place of each stand-in, so that ParamValidator sees the right type there."""
    kind = shape.type_name
    if is_stand_in(value) and kind in SAMPLES:
        return "x" * shape.metadata.get("min", 0) if kind == "string" else SAMPLES[kind]
    if kind == "structure" and isinstance(value, dict):
        return {
            name: prepared(item, shape.members[name]) if name in shape.members else item for name, item in value.items()
        }
    if kind == "list" and isinstance(value, list):
        return [prepared(item, shape.member) for item in value]
    if kind == "map" and isinstance(value, dict):
        return {key: prepared(item, shape.value) for key, item in value.items()}
    return value


def constraint_violations(value, shape, protocol, name):
    """What ParamValidator leaves out; it has reported wrong types already, so these are passed over here."""
    if is_stand_in(value) and shape.type_name in SAMPLES:
        return
    yield from scalar_violations(value, shape, protocol, name)
    yield from maximum_violations(value, shape, name)
    if shape.type_name == "structure" and isinstance(value, dict):
        for member, item in value.items():
            if member in shape.members:
                yield from constraint_violations(item, shape.members[member], protocol, f"{name}.{member}".lstrip("."))
    elif shape.type_name == "list" and isinstance(value, list):
        for index, item in enumerate(value):
            yield from constraint_violations(item, shape.member, protocol, f"{name}[{index}]")
    elif shape.type_name == "map" and isinstance(value, dict):
        for key, item in value.items():
            yield from constraint_violations(key, shape.key, protocol, f"{name} (key {key})")
            yield from constraint_violations(item, shape.value, protocol, f"{name}.{key}")


def scalar_violations(value, shape, protocol, name):
    kind = shape.type_name
    if kind == "string" and isinstance(value, str):
        if shape.enum and value not in shape.enum:
            yield f"{name}: {value!r} is not one of {', '.join(shape.enum)}"
        pattern = shape.metadata.get("pattern")
        if pattern and not compiled(pattern).fullmatch(value, timeout=5):
            yield f"{name}: {value!r} does not match {pattern}"
    elif (
        kind == "timestamp" and protocol == "json" and (isinstance(value, bool) or not isinstance(value, (int, float)))
    ):
        yield f"{name}: {value!r} is no timestamp of the JSON protocol (seconds since 1970)"
    elif kind in NUMBERS and isinstance(value, bool):
        yield f"{name}: {value!r} is a boolean, not a number"  # Python takes booleans for integers


def maximum_violations(value, shape, name):
    maximum = shape.metadata.get("max")
    if maximum is None or isinstance(value, bool):
        return
    if shape.type_name in BOUNDED_BY_LENGTH and isinstance(value, (str, list, dict)) and len(value) > maximum:
        yield f"{name}: its length {len(value)} is more than {maximum}"
    elif shape.type_name in NUMBERS and isinstance(value, (int, float)) and value > maximum:
        yield f"{name}: {value} is more than {maximum}"


def compiled(pattern):
    """AWS holds the whole value against the pattern, anchored or not."""
    return regex.compile(pattern.replace(*ASTRAL))


def from_form(value, shape):
    """Form fields (Query protocol) as the shape's own types: every leaf is a string there."""
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict):
        return {
            name: from_form(item, shape.members[name]) if name in shape.members else item
            for name, item in value.items()
        }
    if kind == "list" and isinstance(value, list):
        return [from_form(item, shape.member) for item in value]
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    if kind in NUMBERS and isinstance(value, str):
        try:
            return NUMBERS[kind](value)
        except ValueError:
            return value
    return value
