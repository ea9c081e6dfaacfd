// npm `openai`: chat completions and responses.
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod'
import { dataUrl, PLACE_SCHEMA, WEATHER, WEATHER_SCHEMA } from '../tasks.js'

const user = (content) => [{ role: 'user', content }]

export const chat = {
  name: 'openai, chat completions',
  showsThoughts: true,
  asksForThoughts: false,
  make: (serai) => serai.openai(),

  async talk(client, model, question, stream) {
    const { choices } = await finished(client, { model, messages: user(question) }, stream)
    return choices[0].message.content
  },

  async callTools(client, model, question, stream, weather) {
    const tools = [
      {
        type: 'function',
        function: { ...WEATHER, parameters: WEATHER_SCHEMA, parse: JSON.parse, function: ({ city }) => weather(city) },
      },
    ]
    return client.chat.completions.runTools({ model, messages: user(question), tools, stream }).finalContent()
  },

  async structure(client, model, question) {
    const response_format = zodResponseFormat(PLACE_SCHEMA, 'place')
    const { choices } = await client.chat.completions.parse({ model, messages: user(question), response_format })
    return choices[0].message.parsed
  },

  async look(client, model, question, bytes, type) {
    const content = [
      { type: 'text', text: question },
      { type: 'image_url', image_url: { url: dataUrl(bytes, type) } },
    ]
    const { choices } = await client.chat.completions.create({ model, messages: user(content) })
    return choices[0].message.content
  },

  async think(client, model, question, stream) {
    const request = { model, messages: user(question), reasoning_effort: 'medium' }
    if (!stream) {
      const { message } = (await client.chat.completions.create(request)).choices[0]
      return { text: message.content, thought: message.reasoning_content }
    }
    const said = { text: '', thought: '' }
    for await (const { choices } of await client.chat.completions.create({ ...request, stream })) {
      said.text += choices[0]?.delta.content ?? ''
      said.thought += choices[0]?.delta.reasoning_content ?? ''
    }
    return said
  },
}

const finished = (client, request, stream) =>
  stream ? client.chat.completions.stream(request).finalChatCompletion() : client.chat.completions.create(request)

export const responses = {
  name: 'openai, responses',
  showsThoughts: true,
  asksForThoughts: true,
  keepsSignatures: true,
  make: (serai) => serai.openai(),

  async talk(client, model, question, stream) {
    return textOf(await answered(client, { model, input: question }, stream))
  },

  async callTools(client, model, question, stream, weather, thinks) {
    const tools = [{ type: 'function', ...WEATHER, parameters: WEATHER_SCHEMA, strict: false }]
    const input = user(question)
    for (;;) {
      const response = await answered(client, { model, input, tools, store: false, ...(thinks && THINKING) }, stream)
      const calls = response.output.filter(({ type }) => type === 'function_call')
      if (calls.length === 0) {
        return textOf(response)
      }
      input.push(...response.output)
      for (const { call_id, arguments: args } of calls) {
        input.push({ type: 'function_call_output', call_id, output: weather(JSON.parse(args).city) })
      }
    }
  },

  async structure(client, model, question) {
    const text = { format: zodTextFormat(PLACE_SCHEMA, 'place') }
    return (await client.responses.parse({ model, input: question, text })).output_parsed
  },

  async look(client, model, question, bytes, type) {
    const content = [
      { type: 'input_text', text: question },
      { type: 'input_image', image_url: dataUrl(bytes, type), detail: 'auto' },
    ]
    return (await client.responses.create({ model, input: user(content) })).output_text
  },

  async think(client, model, question, stream) {
    const response = await answered(client, { model, input: question, store: false, ...THINKING }, stream)
    const thoughts = response.output.filter(({ type }) => type === 'reasoning').flatMap(({ summary }) => summary)
    return { text: textOf(response), thought: thoughts.map(({ text }) => text).join('') }
  },
}

const THINKING = { reasoning: { effort: 'medium', summary: 'auto' }, include: ['reasoning.encrypted_content'] }

const answered = (client, request, stream) =>
  stream ? client.responses.stream(request).finalResponse() : client.responses.create(request)

const textOf = ({ output }) =>
  output
    .filter(({ type }) => type === 'message')
    .flatMap(({ content }) => content)
    .map(({ text }) => text)
    .join('')
