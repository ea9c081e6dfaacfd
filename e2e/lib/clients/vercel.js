// npm `ai`, with its modules for OpenAI, for what is like OpenAI, and for Anthropic.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai'
import { ACCESS_KEY } from '../serai.js'
import { PLACE_SCHEMA, WEATHER, WEATHER_SCHEMA } from '../tasks.js'

const client = (name, make, thinking) => ({
  name: `ai, ${name}`,
  showsThoughts: name !== 'openai chat',
  asksForThoughts: name !== 'openai-compatible',
  keepsSignatures: !['openai chat', 'openai-compatible'].includes(name),
  make: (serai) => make(serai.url),

  talk: async (models, model, prompt, stream) => (await said({ model: models(model), prompt }, stream)).text,

  async callTools(models, model, prompt, stream, weather, thinks) {
    const tools = {
      [WEATHER.name]: tool({
        description: WEATHER.description,
        inputSchema: jsonSchema(WEATHER_SCHEMA),
        execute: ({ city }) => weather(city),
      }),
    }
    const more = { tools, stopWhen: stepCountIs(4), ...(thinks && { providerOptions: thinking }) }
    return (await said({ model: models(model), prompt, ...more }, stream)).text
  },

  async structure(models, model, prompt) {
    const output = Output.object({ schema: PLACE_SCHEMA, name: 'place' })
    return (await generateText({ model: models(model), prompt, output, maxRetries: 0 })).output
  },

  async look(models, model, text, image, mediaType) {
    const content = [
      { type: 'text', text },
      { type: 'image', image, mediaType },
    ]
    return (await said({ model: models(model), messages: [{ role: 'user', content }] }, false)).text
  },

  async think(models, model, prompt, stream) {
    const { text, reasoningText } = await said({ model: models(model), prompt, providerOptions: thinking }, stream)
    return { text: await text, thought: await reasoningText }
  },
})

async function said(request, stream) {
  if (!stream) {
    return generateText({ ...request, maxRetries: 0 })
  }
  let failure
  const result = streamText({ ...request, maxRetries: 0, onError: ({ error }) => (failure = error) })
  await result.consumeStream()
  if (failure) {
    throw failure
  }
  return { text: await result.text, reasoningText: await result.reasoningText }
}

const openai = (url) => createOpenAI({ baseURL: `${url}/v1`, apiKey: ACCESS_KEY })
const EFFORT = { reasoningEffort: 'medium', forceReasoning: true }

export const openaiResponses = client('openai responses', (url) => openai(url).responses, {
  openai: { ...EFFORT, reasoningSummary: 'auto', store: false },
})

export const openaiChat = client('openai chat', (url) => openai(url).chat, { openai: EFFORT })

export const openaiCompatible = client(
  'openai-compatible',
  (url) =>
    createOpenAICompatible({ name: 'serai', baseURL: `${url}/v1`, apiKey: ACCESS_KEY, supportsStructuredOutputs: true }),
  { serai: { reasoningEffort: 'medium' } },
)

export const anthropic = client('anthropic', (url) => createAnthropic({ baseURL: `${url}/v1`, apiKey: ACCESS_KEY }), {
  anthropic: { thinking: { type: 'adaptive', display: 'summarized' }, effort: 'medium' },
})
