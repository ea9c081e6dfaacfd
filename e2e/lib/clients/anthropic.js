// npm `@anthropic-ai/sdk`: messages.
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod'
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema'
import { PLACE_SCHEMA, WEATHER, WEATHER_SCHEMA } from '../tasks.js'

const ask = (model, content) => ({ model, max_tokens: 4000, messages: [{ role: 'user', content }] })

const THINKING = { thinking: { type: 'enabled', budget_tokens: 2048, display: 'summarized' } }

const finished = (client, request, stream) =>
  stream ? client.messages.stream(request).finalMessage() : client.messages.create(request)

const textOf = ({ content }) =>
  content
    .filter(({ type }) => type === 'text')
    .map(({ text }) => text)
    .join('')

export const messages = {
  name: '@anthropic-ai/sdk, messages',
  showsThoughts: true,
  asksForThoughts: true,
  keepsSignatures: true,
  make: (serai) => serai.anthropic(),

  talk: async (client, model, question, stream) => textOf(await finished(client, ask(model, question), stream)),

  async callTools(client, model, question, stream, weather, thinks) {
    const tools = [betaTool({ ...WEATHER, inputSchema: WEATHER_SCHEMA, run: ({ city }) => weather(city) })]
    return textOf(await client.beta.messages.toolRunner({ ...ask(model, question), ...(thinks && THINKING), tools, stream }).runUntilDone())
  },

  async structure(client, model, question) {
    const output_config = { format: zodOutputFormat(PLACE_SCHEMA) }
    return (await client.messages.parse({ ...ask(model, question), output_config })).parsed_output
  },

  async look(client, model, question, bytes, type) {
    const source = { type: 'base64', media_type: type, data: bytes.toString('base64') }
    const content = [
      { type: 'image', source },
      { type: 'text', text: question },
    ]
    return textOf(await client.messages.create(ask(model, content)))
  },

  async think(client, model, question, stream) {
    const message = await finished(client, { ...ask(model, question), ...THINKING }, stream)
    return { text: textOf(message), thought: message.content.find(({ type }) => type === 'thinking')?.thinking }
  },
}
