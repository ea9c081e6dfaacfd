// npm `@google/genai`: generateContent.
import { GoogleGenAI } from '@google/genai'
import { ACCESS_KEY } from '../serai.js'
import { PLACE_JSON_SCHEMA, WEATHER, WEATHER_SCHEMA } from '../tasks.js'

const THINKING = { thinkingConfig: { includeThoughts: true, thinkingBudget: 2048 } }

const text = (value) => ({ text: value })
const partsOf = ({ candidates }) => candidates?.[0]?.content?.parts ?? []

/** The parts of an answer, of a stream one after the other. */
async function parts(client, request, stream) {
  if (!stream) {
    return partsOf(await client.models.generateContent(request))
  }
  const all = []
  for await (const piece of await client.models.generateContentStream(request)) {
    all.push(...partsOf(piece))
  }
  return all
}

const joined = (all, thought) =>
  all
    .filter((part) => part.text && Boolean(part.thought) === thought)
    .map((part) => part.text)
    .join('')

export const generateContent = {
  name: '@google/genai, generateContent',
  showsThoughts: true,
  asksForThoughts: true,
  keepsSignatures: true,
  make: (serai) => new GoogleGenAI({ apiKey: ACCESS_KEY, vertexai: false, httpOptions: { baseUrl: serai.url } }),

  talk: async (client, model, question, stream) =>
    joined(await parts(client, { model, contents: question }, stream), false),

  async callTools(client, model, question, stream, weather, thinks) {
    const tools = [{ functionDeclarations: [{ ...WEATHER, parametersJsonSchema: WEATHER_SCHEMA }] }]
    const config = { tools, ...(thinks && THINKING) }
    const contents = [{ role: 'user', parts: [text(question)] }]
    for (;;) {
      const said = await parts(client, { model, contents, config }, stream)
      const calls = said.filter(({ functionCall }) => functionCall)
      if (calls.length === 0) {
        return joined(said, false)
      }
      const results = calls.map(({ functionCall: { id, name, args } }) => ({
        functionResponse: { id, name, response: { output: weather(args.city) } },
      }))
      contents.push({ role: 'model', parts: said }, { role: 'user', parts: results })
    }
  },

  async structure(client, model, contents) {
    const config = { responseMimeType: 'application/json', responseJsonSchema: PLACE_JSON_SCHEMA }
    return JSON.parse((await client.models.generateContent({ model, contents, config })).text)
  },

  async look(client, model, question, bytes, mimeType) {
    const contents = [text(question), { inlineData: { mimeType, data: bytes.toString('base64') } }]
    return (await client.models.generateContent({ model, contents })).text
  },

  async think(client, model, contents, stream) {
    const said = await parts(client, { model, contents, config: THINKING }, stream)
    return { text: joined(said, false), thought: joined(said, true) }
  },
}
