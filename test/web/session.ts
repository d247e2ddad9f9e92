// One scripted session with a language server, the same over every transport: messages in, answers out.

export interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Sends a message, or resolves to the answer of a request with this id. */
export interface Wire {
  send(message: Message): void;
  answer(id: number): Promise<Message>;
}

export interface SessionResult {
  readonly capabilities: { readonly hoverProvider?: unknown };
  readonly hover: { readonly contents: { readonly kind: string; readonly value: string }; readonly range: unknown };
}

const uri = 'untitled:metrics.dax';

/** Initializes, opens `text`, and hovers at `character` of its first line. */
export async function converse(wire: Wire, text: string, character: number): Promise<SessionResult> {
  const request = async (id: number, method: string, params: unknown): Promise<unknown> => {
    wire.send({ jsonrpc: '2.0', id, method, params });
    const answer = await wire.answer(id);
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  };
  const notify = (method: string, params: unknown): void => wire.send({ jsonrpc: '2.0', method, params });

  const initialized = (await request(1, 'initialize', { processId: null, rootUri: null, capabilities: {} })) as SessionResult;
  notify('initialized', {});
  notify('textDocument/didOpen', { textDocument: { uri, languageId: 'dax', version: 1, text } });
  const hover = await request(2, 'textDocument/hover', { textDocument: { uri }, position: { line: 0, character } });
  return { capabilities: initialized.capabilities, hover: hover as SessionResult['hover'] };
}
