/** What zod found, in the words of DESIGN's errors. */
import { z } from 'zod';
import { ConfigError } from '../base/index.ts';

/** @param value what was checked: issues do not hold it */
export function describeIssue(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  value: unknown,
): ConfigError {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = Object.keys(fieldsAt(schema, issue.path));
    const got = show(valueAt(value, [...issue.path, key]));
    const hint = `the fields are ${known.join(', ')}`;
    return new ConfigError({ what: nameOf([...issue.path, key]), must: 'be a field', got, hint });
  }
  const [must] = issue.message.replace(/^(Invalid|Too)[^:]*: (expected )?/, '').split(', received');
  const got = show(valueAt(value, issue.path));
  return new ConfigError({ what: nameOf(issue.path), must: `be ${must}`, got });
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the recipe' : path.join('.');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (inside as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value)).slice(0, 200);
}

/** The fields of the object that a schema has at a path. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): Record<string, unknown> {
  let inside: unknown = schema;
  for (const key of [...path, undefined]) {
    while (inside instanceof z.ZodExactOptional || inside instanceof z.ZodNullable) {
      inside = inside.unwrap();
    }
    if (key === undefined) break;
    inside = inside instanceof z.ZodRecord ? inside.valueType : shapeOf(inside)[String(key)];
  }
  return shapeOf(inside);
}

function shapeOf(schema: unknown): Record<string, unknown> {
  return schema instanceof z.ZodObject ? schema.shape : {};
}
