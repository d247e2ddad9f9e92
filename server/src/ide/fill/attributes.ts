/** What an attribute of Dataverse holds, and whether a column holds the same or is but made from it. */
import type { Schema } from '../../lint/pages/schema.ts';
import { nameKey, type Column, type DataType } from '../../model/model.ts';

type Family = 'text' | 'number' | 'date' | 'boolean' | 'code';

/** Whether an attribute holds yes or no: by the metadata, else by the columns that stand for it. */
export function isBooleanAttribute(schema: Schema, full: string): boolean {
  const [entity, attribute] = split(full);
  const type = schema.attribute(entity, attribute)?.type;
  if (type !== undefined) return attributeFamily(type) === 'boolean';
  // A flag that has the attribute's name is the attribute; one of another name may be made from any.
  return schema.columns(entity, attribute).some(({ column }) => column.type === 'boolean' && nameKey(attribute).endsWith(nameKey(column.name)));
}

/**
 * Whether a column holds the values of its attribute. A waiting time that is made from a date does not, nor does a flag
 * that tells whether there is a value.
 */
export function holdsAttribute(schema: Schema, column: Column): boolean {
  if (column.dataverse === undefined) return false;
  const [entity, attribute] = split(column.dataverse);
  const type = schema.attribute(entity, attribute)?.type;
  const own = columnFamily(column);
  if (type !== undefined) {
    const wanted = attributeFamily(type);
    return own === undefined || wanted === undefined || own === wanted;
  }
  if (nameKey(attribute).endsWith(nameKey(column.name))) return true;
  return schema.columns(entity, attribute).every((other) => {
    const its = columnFamily(other.column);
    // Flags are made from anything.
    return own === undefined || its === undefined || its === own || its === 'boolean';
  });
}

/** The type as metadata writes it: `String(100)`, `Picklist`, `Lookup -> queue`. */
function attributeFamily(type: string): Family | undefined {
  const word = /^[a-z]+/i.exec(type)?.[0].toLowerCase() ?? '';
  switch (word) {
    case 'string': case 'memo': case 'lookup': case 'uniqueidentifier': case 'owner': case 'customer': case 'entityname': return 'text';
    case 'integer': case 'bigint': case 'decimal': case 'double': case 'money': return 'number';
    case 'datetime': case 'date': return 'date';
    case 'boolean': case 'bit': return 'boolean';
    case 'picklist': case 'state': case 'status': case 'multiselectpicklist': return 'code';
    default: return undefined;
  }
}

function columnFamily({ choice, type }: Column): Family | undefined {
  return choice !== undefined ? 'code' : type === undefined ? undefined : families[type];
}

const families: Readonly<Record<DataType, Family>> = { string: 'text', int64: 'number', double: 'number', decimal: 'number', dateTime: 'date', boolean: 'boolean' };

function split(full: string): readonly [entity: string, attribute: string] {
  const dot = full.indexOf('.');
  return [full.slice(0, dot), full.slice(dot + 1)];
}
