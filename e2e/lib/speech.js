// How a provider of each dialect says the same thing: { thought, text, calls: [{ id, name, args }] }, whole or as a stream.

const USAGE = { input: 11, output: 7 }
/** With which the provider signs what it thought. */
export const SIGNATURE = 'c2lnbmVkIGJ5IHRoZSBwcm92aWRlcg=='
const MODEL = 'caravan-1'

/** In pieces of a few characters, as a model writes. */
const pieces = (text) => text.match(/[\s\S]{1,7}/gu) ?? []

const data = (value) => `data: ${JSON.stringify(value)}\n\n`
const named = (value) => `event: ${value.type}\n${data(value)}`

const chatUsage = {
  prompt_tokens: USAGE.input,
  completion_tokens: USAGE.output,
  total_tokens: USAGE.input + USAGE.output,
}
const chatCall = ({ id, name, args }) => ({ id, type: 'function', function: { name, arguments: JSON.stringify(args) } })
const chatFinish = ({ calls }) => (calls.length > 0 ? 'tool_calls' : 'stop')

const openaiChat = {
  whole: (said) => {
    const message = { role: 'assistant', content: said.text || null }
    if (said.thought) {
      message.reasoning_content = said.thought
    }
    if (said.calls.length > 0) {
      message.tool_calls = said.calls.map(chatCall)
    }
    const choices = [{ index: 0, message, logprobs: null, finish_reason: chatFinish(said) }]
    return { id: 'chatcmpl-1', object: 'chat.completion', created: 1700000001, model: MODEL, choices, usage: chatUsage }
  },
  *events(said) {
    const event = (choices, usage = null) =>
      data({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1700000001, model: MODEL, choices, usage })
    const delta = (value, finish_reason = null) => event([{ index: 0, delta: value, finish_reason }])
    yield delta({ role: 'assistant', content: '' })
    for (const reasoning_content of pieces(said.thought)) {
      yield delta({ reasoning_content })
    }
    for (const content of pieces(said.text)) {
      yield delta({ content })
    }
    for (const [index, call] of said.calls.map(chatCall).entries()) {
      yield delta({ tool_calls: [{ index, ...call, function: { name: call.function.name, arguments: '' } }] })
      for (const piece of pieces(call.function.arguments)) {
        yield delta({ tool_calls: [{ index, function: { arguments: piece } }] })
      }
    }
    yield delta({}, chatFinish(said))
    yield event([], chatUsage)
    yield 'data: [DONE]\n\n'
  },
}

const responsesItems = (said) => [
  ...(said.thought
    ? [{ id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: said.thought }], encrypted_content: SIGNATURE }]
    : []),
  ...(said.text
    ? [
        {
          id: 'msg_1',
          type: 'message',
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', text: said.text, annotations: [], logprobs: [] }],
        },
      ]
    : []),
  ...said.calls.map(({ id, name, args }, i) => ({
    id: `fc_${i + 1}`,
    type: 'function_call',
    status: 'completed',
    call_id: id,
    name,
    arguments: JSON.stringify(args),
  })),
]

const response = (status, output, usage) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1700000001,
  status,
  model: MODEL,
  error: null,
  incomplete_details: null,
  output,
  usage,
  instructions: null,
  metadata: {},
  parallel_tool_calls: true,
  temperature: 1.0,
  tool_choice: 'auto',
  tools: [],
  top_p: 1.0,
})

const responsesUsage = {
  input_tokens: USAGE.input,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: USAGE.output,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: USAGE.input + USAGE.output,
}

function* responsesPart(item, place, { kind, part, text }) {
  const empty = { ...part, text: '' }
  yield { type: `response.${kind}_part.added`, ...place, part: empty }
  const name = kind === 'content' ? 'output_text' : 'reasoning_summary_text'
  for (const delta of pieces(text)) {
    yield { type: `response.${name}.delta`, ...place, delta, ...(kind === 'content' && { logprobs: [] }) }
  }
  yield { type: `response.${name}.done`, ...place, text, ...(kind === 'content' && { logprobs: [] }) }
  yield { type: `response.${kind}_part.done`, ...place, part }
}

function* responsesItem(item, output_index) {
  const at = { item_id: item.id, output_index }
  if (item.type === 'message') {
    yield { type: 'response.output_item.added', output_index, item: { ...item, status: 'in_progress', content: [] } }
    const [part] = item.content
    yield* responsesPart(item, { ...at, content_index: 0 }, { kind: 'content', part, text: part.text })
  } else if (item.type === 'reasoning') {
    yield { type: 'response.output_item.added', output_index, item: { ...item, summary: [] } }
    const [part] = item.summary
    yield* responsesPart(item, { ...at, summary_index: 0 }, { kind: 'reasoning_summary', part, text: part.text })
  } else {
    yield { type: 'response.output_item.added', output_index, item: { ...item, status: 'in_progress', arguments: '' } }
    for (const delta of pieces(item.arguments)) {
      yield { type: 'response.function_call_arguments.delta', ...at, delta }
    }
    yield { type: 'response.function_call_arguments.done', ...at, name: item.name, arguments: item.arguments }
  }
  yield { type: 'response.output_item.done', output_index, item }
}

const openaiResponses = {
  whole: (said) => response('completed', responsesItems(said), responsesUsage),
  *events(said) {
    let sequence_number = 0
    const numbered = ({ type, ...rest }) => named({ type, sequence_number: sequence_number++, ...rest })
    yield numbered({ type: 'response.created', response: response('in_progress', [], null) })
    yield numbered({ type: 'response.in_progress', response: response('in_progress', [], null) })
    for (const [index, item] of responsesItems(said).entries()) {
      for (const event of responsesItem(item, index)) {
        yield numbered(event)
      }
    }
    yield numbered({ type: 'response.completed', response: openaiResponses.whole(said) })
  },
}

const messageBlocks = (said) => [
  ...(said.thought ? [{ type: 'thinking', thinking: said.thought, signature: SIGNATURE }] : []),
  ...(said.text ? [{ type: 'text', text: said.text }] : []),
  ...said.calls.map(({ id, name, args }) => ({ type: 'tool_use', id: id.replace('call_', 'toolu_'), name, input: args })),
]

const message = (content, stop_reason, output_tokens) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: MODEL,
  content,
  stop_reason,
  stop_sequence: null,
  usage: { input_tokens: USAGE.input, output_tokens },
})

const stopReason = ({ calls }) => (calls.length > 0 ? 'tool_use' : 'end_turn')

/** A block as it begins, and what is added to it. */
function grown(block) {
  if (block.type === 'thinking') {
    const thoughts = pieces(block.thinking).map((thinking) => ({ type: 'thinking_delta', thinking }))
    return [{ ...block, thinking: '', signature: '' }, [...thoughts, { type: 'signature_delta', signature: block.signature }]]
  }
  if (block.type === 'text') {
    return [{ ...block, text: '' }, pieces(block.text).map((text) => ({ type: 'text_delta', text }))]
  }
  const json = pieces(JSON.stringify(block.input)).map((partial_json) => ({ type: 'input_json_delta', partial_json }))
  return [{ ...block, input: {} }, json]
}

const anthropicMessages = {
  whole: (said) => message(messageBlocks(said), stopReason(said), USAGE.output),
  *events(said) {
    yield named({ type: 'message_start', message: message([], null, 1) })
    for (const [index, block] of messageBlocks(said).entries()) {
      const [content_block, deltas] = grown(block)
      yield named({ type: 'content_block_start', index, content_block })
      for (const delta of deltas) {
        yield named({ type: 'content_block_delta', index, delta })
      }
      yield named({ type: 'content_block_stop', index })
    }
    const delta = { stop_reason: stopReason(said), stop_sequence: null }
    yield named({ type: 'message_delta', delta, usage: { output_tokens: USAGE.output } })
    yield named({ type: 'message_stop' })
  },
}

const geminiParts = (said, cut) => [
  ...cut(said.thought).map((text) => ({ text, thought: true })),
  ...cut(said.text).map((text) => ({ text })),
  ...said.calls.map(({ name, args }, i) => ({
    functionCall: { name, args },
    ...(i === 0 && { thoughtSignature: SIGNATURE }),
  })),
]

const geminiReply = (parts, more) => ({
  candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
  usageMetadata: {
    promptTokenCount: USAGE.input,
    candidatesTokenCount: USAGE.output,
    totalTokenCount: USAGE.input + USAGE.output,
  },
  modelVersion: MODEL,
  responseId: 'r-1',
})

const gemini = {
  whole: (said) => geminiReply(geminiParts(said, (text) => (text ? [text] : [])), { finishReason: 'STOP' }),
  *events(said) {
    for (const part of geminiParts(said, pieces)) {
      yield data(geminiReply([part]))
    }
    yield data(geminiReply([{ text: '' }], { finishReason: 'STOP' }))
  },
}

const DIALECTS = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
}

const complete = (said) => ({ thought: '', text: '', calls: [], ...said })

/** What is said, as the JSON of a reply. */
export const whole = (dialect, said) => JSON.stringify(DIALECTS[dialect].whole(complete(said)))

/** What is said, as the events of a stream. */
export const events = (dialect, said) => [...DIALECTS[dialect].events(complete(said))]
