/** The columns of INFO.VIEW.TABLES and its kin, in their order (learn.microsoft.com; dax.guide for their types). */
import { addedColumn, columnsShape, type ScalarType, type TableShape } from './shapes.ts';

type Columns = readonly (readonly [name: string, type: ScalarType])[];

const texts = (...names: readonly string[]): Columns => names.map((it) => [it, 'string']);
const flags = (...names: readonly string[]): Columns => names.map((it) => [it, 'boolean']);
const numbers = (...names: readonly string[]): Columns => names.map((it) => [it, 'int64']);

/** By the name of the function. */
export const infoViews: ReadonlyMap<string, TableShape> = new Map(([
  ['INFO.VIEW.TABLES', [
    ...numbers('ID'), ...texts('Name', 'Model', 'DataCategory', 'Description'), ...flags('IsHidden'),
    ...texts('StorageMode', 'TableStorage', 'Expression'), ...flags('ShowAsVariationOnly', 'IsPrivate'),
    ...numbers('CalculationGroupPrecedence'), ...texts('LineageTag'),
  ]],
  ['INFO.VIEW.COLUMNS', [
    ...numbers('ID'), ...texts('Name', 'Table', 'DataType', 'DataCategory', 'Description'), ...flags('IsHidden', 'IsUnique', 'IsKey', 'IsNullable'),
    ...texts('Alignment', 'SummarizeBy', 'ColumnStorage', 'Type', 'SourceColumn', 'Expression', 'FormatString'), ...flags('IsAvailableInMDX'),
    ...texts('SortByColumn', 'GroupingBehavior', 'SourceProviderType', 'DisplayFolder', 'AlternateOf', 'LineageTag'),
  ]],
  ['INFO.VIEW.MEASURES', [
    ...numbers('ID'), ...texts('Name', 'Table', 'Description', 'DataType', 'Expression', 'FormatString'), ...flags('IsHidden'), ...texts('State'),
    ...numbers('KPIID'), ...flags('IsSimpleMeasure'), ...texts('DisplayFolder', 'DetailRowsDefinition', 'DataCategory', 'FormatStringDefinition', 'LineageTag'),
  ]],
  ['INFO.VIEW.RELATIONSHIPS', [
    ...numbers('ID'), ...texts('Name', 'Relationship', 'Model'), ...flags('IsActive'), ...texts('CrossFilteringBehavior'),
    ...flags('RelyOnReferentialIntegrity'), ...texts('FromTable', 'FromColumn', 'FromCardinality', 'ToTable', 'ToColumn', 'ToCardinality', 'State', 'SecurityFilteringBehavior'),
  ]],
] as readonly (readonly [string, Columns])[]).map(([name, columns]) => [name, columnsShape(columns.map(([column, type]) => addedColumn(column, type)))]));
