/**
 * The part of SARIF 2.1.0 that `check --format sarif` uses, as a JSON Schema.
 *
 * Written after the sections of the OASIS standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"
 * that the titles name. No object may have a property that is not listed, so that nothing is written that the
 * standard does not know; property bags (3.8) are open.
 */
const object = (title: string, required: readonly string[], properties: Readonly<Record<string, object>>): object =>
  ({ title, type: 'object', required, properties: { ...properties, properties: { $ref: '#/definitions/propertyBag' } }, additionalProperties: false });
const text = { type: 'string' };
const positive = { type: 'integer', minimum: 1 };
const list = (of: string, more: object = {}): object => ({ type: 'array', items: { $ref: `#/definitions/${of}` }, ...more });
const ref = (to: string): object => ({ $ref: `#/definitions/${to}` });
const level = { enum: ['none', 'note', 'warning', 'error'] };

export const sarifSchema = {
  ...object('3.13 sarifLog', ['version', 'runs'], { $schema: { type: 'string', format: 'uri' }, version: { enum: ['2.1.0'] }, runs: list('run') }),
  definitions: {
    run: object('3.14 run', ['tool'], {
      tool: ref('tool'), results: list('result'), columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    }),
    propertyBag: { title: '3.8 property bag', type: 'object', properties: { tags: { type: 'array', items: text, uniqueItems: true } } },
    message: { ...object('3.11 message', [], { text, markdown: text, id: text }), anyOf: [{ required: ['text'] }, { required: ['id'] }] },
    multiformatMessageString: object('3.12 multiformatMessageString', ['text'], { text, markdown: text }),
    tool: object('3.18 tool', ['driver'], { driver: ref('toolComponent') }),
    toolComponent: object('3.19 toolComponent', ['name'], {
      name: text, version: text, semanticVersion: text, informationUri: { type: 'string', format: 'uri' }, rules: list('reportingDescriptor', { uniqueItems: true }),
    }),
    reportingDescriptor: object('3.49 reportingDescriptor', ['id'], {
      id: text, name: text, shortDescription: ref('multiformatMessageString'), fullDescription: ref('multiformatMessageString'),
      help: ref('multiformatMessageString'), helpUri: { type: 'string', format: 'uri' }, defaultConfiguration: ref('reportingConfiguration'),
    }),
    reportingConfiguration: object('3.50 reportingConfiguration', [], { enabled: { type: 'boolean' }, level }),
    result: object('3.27 result', ['message'], {
      ruleId: text, ruleIndex: { type: 'integer', minimum: -1 }, level, message: ref('message'), locations: list('location'), fixes: list('fix', { uniqueItems: true }),
    }),
    location: object('3.28 location', [], { physicalLocation: ref('physicalLocation'), message: ref('message') }),
    physicalLocation: { ...object('3.29 physicalLocation', [], { artifactLocation: ref('artifactLocation'), region: ref('region') }), anyOf: [{ required: ['artifactLocation'] }, { required: ['address'] }] },
    artifactLocation: object('3.4 artifactLocation', [], { uri: { type: 'string', format: 'uri-reference' }, uriBaseId: text, index: { type: 'integer', minimum: -1 } }),
    region: object('3.30 region', [], { startLine: positive, startColumn: positive, endLine: positive, endColumn: positive }),
    fix: object('3.55 fix', ['artifactChanges'], { description: ref('message'), artifactChanges: list('artifactChange', { minItems: 1, uniqueItems: true }) }),
    artifactChange: object('3.56 artifactChange', ['artifactLocation', 'replacements'], { artifactLocation: ref('artifactLocation'), replacements: list('replacement', { minItems: 1 }) }),
    replacement: object('3.57 replacement', ['deletedRegion'], { deletedRegion: ref('region'), insertedContent: ref('artifactContent') }),
    artifactContent: object('3.3 artifactContent', [], { text, binary: text }),
  },
};
