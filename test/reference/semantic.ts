// The tables of the published metrics' models.
export type SemanticColumns = Readonly<Record<string, readonly { readonly column: string; readonly type: string; readonly dataverse?: string }[]>>;

export interface SemanticModels {
  readonly models: { readonly historical: SemanticColumns; readonly realTime: SemanticColumns; readonly segment: SemanticColumns };
}
