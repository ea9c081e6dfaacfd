// What a provider of each dialect was asked: { texts, images, tools, results, schema, thinks, shows, signatures, stream }.
// A tool is { name, schema }; `thinks` says whether to think, `shows` whether the thoughts are wanted; `signatures` are of
// earlier thoughts that came back.

const list = (value) => (typeof value === 'string' ? [{ type: 'text', text: value }] : (value ?? []))
const textOf = (content) =>
  list(content)
    .map((part) => part.text ?? '')
    .join('')
const fromUrl = (url) => {
  const [, type, base64] = /^data:([^;]+);base64,(.*)$/.exec(url) ?? []
  return { type, base64 }
}

/** Of the last turn only: a conversation goes on behind its results. */
function behind(items, isAnswer) {
  const last = items.findLastIndex(isAnswer)
  return items.slice(last + 1)
}

function chat(body) {
  const users = body.messages.filter(({ role }) => role === 'user').flatMap(({ content }) => list(content))
  return {
    texts: users.filter(({ type }) => type === 'text').map(({ text }) => text),
    images: users.filter(({ type }) => type === 'image_url').map(({ image_url }) => fromUrl(image_url.url)),
    tools: (body.tools ?? []).map((tool) => ({ name: tool.function.name, schema: tool.function.parameters })),
    results: behind(body.messages, ({ role }) => role === 'assistant')
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => textOf(content)),
    schema: body.response_format?.json_schema?.schema,
    thinks: body.reasoning_effort !== undefined,
    shows: true,
    signatures: [],
    stream: body.stream === true,
  }
}

function responses(body) {
  const input = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : body.input
  const users = input.filter(({ role }) => role === 'user').flatMap(({ content }) => list(content))
  return {
    texts: users.filter(({ text }) => text !== undefined).map(({ text }) => text),
    images: users.filter(({ type }) => type === 'input_image').map(({ image_url }) => fromUrl(image_url)),
    tools: (body.tools ?? []).map(({ name, parameters }) => ({ name, schema: parameters })),
    results: behind(input, ({ type, role }) => type === 'function_call' || role === 'assistant')
      .filter(({ type }) => type === 'function_call_output')
      .map(({ output }) => textOf(output)),
    schema: body.text?.format?.schema,
    thinks: body.reasoning?.effort !== undefined,
    shows: body.reasoning?.summary !== undefined,
    signatures: input.filter(({ type }) => type === 'reasoning').map(({ encrypted_content }) => encrypted_content),
    stream: body.stream === true,
  }
}

function messages(body) {
  const users = body.messages.filter(({ role }) => role === 'user').flatMap(({ content }) => list(content))
  return {
    texts: users.filter(({ type }) => type === 'text').map(({ text }) => text),
    images: users
      .filter(({ type }) => type === 'image')
      .map(({ source }) => ({ type: source.media_type, base64: source.data })),
    tools: (body.tools ?? []).map(({ name, input_schema }) => ({ name, schema: input_schema })),
    results: behind(body.messages, ({ role }) => role === 'assistant')
      .flatMap(({ content }) => list(content))
      .filter(({ type }) => type === 'tool_result')
      .map(({ content }) => textOf(content)),
    schema: body.output_config?.format?.schema,
    thinks: ['enabled', 'adaptive'].includes(body.thinking?.type),
    shows: body.thinking?.display !== 'omitted',
    signatures: body.messages
      .filter(({ role }) => role === 'assistant')
      .flatMap(({ content }) => list(content))
      .filter(({ type }) => type === 'thinking')
      .map(({ signature }) => signature),
    stream: body.stream === true,
  }
}

function gemini(body, path) {
  const users = body.contents.filter(({ role }) => role !== 'model').flatMap(({ parts }) => parts)
  const config = body.generationConfig ?? {}
  return {
    texts: users.filter(({ text }) => text !== undefined).map(({ text }) => text),
    images: users
      .filter(({ inlineData }) => inlineData)
      .map(({ inlineData }) => ({ type: inlineData.mimeType, base64: inlineData.data })),
    tools: (body.tools ?? [])
      .flatMap(({ functionDeclarations }) => functionDeclarations ?? [])
      .map(({ name, parameters, parametersJsonSchema }) => ({ name, schema: parameters ?? parametersJsonSchema })),
    results: behind(body.contents, ({ role }) => role === 'model')
      .flatMap(({ parts }) => parts)
      .filter(({ functionResponse }) => functionResponse)
      .map(({ functionResponse }) => Object.values(functionResponse.response).join()),
    schema: config.responseSchema ?? config.responseJsonSchema,
    thinks: config.thinkingConfig?.thinkingBudget > 0,
    shows: config.thinkingConfig?.includeThoughts === true,
    signatures: body.contents
      .filter(({ role }) => role === 'model')
      .flatMap(({ parts }) => parts)
      .filter(({ thoughtSignature }) => thoughtSignature)
      .map(({ thoughtSignature }) => thoughtSignature),
    stream: path.includes(':streamGenerateContent'),
  }
}

const DIALECTS = { 'openai-chat': chat, 'openai-responses': responses, 'anthropic-messages': messages, gemini }

/** @param request as the provider's socket got it: path and body */
export const hear = (dialect, { path, body }) => DIALECTS[dialect](JSON.parse(body), path)
