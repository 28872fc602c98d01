import { readFileSync } from 'node:fs'
import { SteadylineError } from '../../schemas/errors.ts'
import { checkSchema } from '../../schemas/schema-check.ts'
import type { AvroRecordSchema } from '../../schemas/wire-format.ts'

/** Whether records written with a schema can be counted, and what becomes of what is not known here. Exit code 1 if not. */
export async function schemasCheck(file: string): Promise<void> {
  const { record, problems, notes } = checkSchema(schemaOf(file))
  for (const sentence of [...problems, ...notes]) process.stdout.write(`${sentence}\n`)
  process.stdout.write(
    problems.length === 0
      ? `${file}: records of ${record} that are written with it can be counted. Give it an id of its own: in a schema registry, or in schemas/ids.json as ${record}+N.\n`
      : `${file}: records that are written with it cannot be counted.\n`,
  )
  if (problems.length > 0) process.exitCode = 1
}

function schemaOf(file: string): AvroRecordSchema {
  const text = readFileSync(file, 'utf8')
  try {
    const schema = JSON.parse(text) as Partial<AvroRecordSchema>
    if (schema.type === 'record' && typeof schema.name === 'string' && Array.isArray(schema.fields))
      return schema as AvroRecordSchema
  } catch {
    // falls through: it is no schema
  }
  throw new SteadylineError(
    'STEADYLINE_SCHEMA_INVALID',
    2,
    `${file} is no Avro schema of a record, expected JSON with type, name and fields.`,
  )
}
