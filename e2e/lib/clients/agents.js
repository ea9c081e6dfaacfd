// npm `@openai/agents`: its runner, over chat completions and over responses.
import { Agent, OpenAIProvider, Runner, tool } from '@openai/agents'
import { dataUrl, PLACE_SCHEMA, WEATHER, WEATHER_SCHEMA } from '../tasks.js'

// Made for each, because the agents change it.
const thinking = () => ({
  reasoning: { effort: 'medium', summary: 'auto' },
  store: false,
  providerData: { include: ['reasoning.encrypted_content'] },
})

const client = (useResponses) => ({
  name: `@openai/agents, ${useResponses ? 'responses' : 'chat completions'}`,
  showsThoughts: useResponses,
  asksForThoughts: useResponses,
  keepsSignatures: useResponses,
  make: (serai) => {
    const modelProvider = new OpenAIProvider({ openAIClient: serai.openai(), useResponses })
    return new Runner({ modelProvider, tracingDisabled: true })
  },

  talk: (runner, model, question, stream) => finished(runner, new Agent({ name: 'guide', model }), question, stream),

  async callTools(runner, model, question, stream, weather, thinks) {
    const weatherTool = tool({
      ...WEATHER,
      parameters: { ...WEATHER_SCHEMA, additionalProperties: true },
      strict: false,
      execute: ({ city }) => weather(city),
    })
    return finished(runner, new Agent({ name: 'guide', model, tools: [weatherTool], ...(thinks && { modelSettings: thinking() }) }), question, stream)
  },

  structure: (runner, model, question) =>
    finished(runner, new Agent({ name: 'guide', model, outputType: PLACE_SCHEMA }), question, false),

  look(runner, model, question, bytes, type) {
    const content = [
      { type: 'input_text', text: question },
      { type: 'input_image', image: dataUrl(bytes, type) },
    ]
    return finished(runner, new Agent({ name: 'guide', model }), [{ role: 'user', content }], false)
  },

  async think(runner, model, question, stream) {
    const result = await ran(runner, new Agent({ name: 'guide', model, modelSettings: thinking() }), question, stream)
    const thoughts = result.newItems.filter(({ type }) => type === 'reasoning_item').flatMap(({ rawItem }) => rawItem.content)
    return { text: result.finalOutput, thought: thoughts.map(({ text }) => text).join('') }
  },
})

async function ran(runner, agent, input, stream) {
  const result = await runner.run(agent, input, { stream, maxTurns: 4 })
  if (stream) {
    for await (const event of result) {
      void event
    }
    await result.completed
  }
  return result
}

const finished = async (runner, agent, input, stream) => (await ran(runner, agent, input, stream)).finalOutput

export const chat = client(false)
export const responses = client(true)
