// npm `@langchain/openai`: chat completions and responses.
import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { ChatOpenAI } from '@langchain/openai'
import { ACCESS_KEY } from '../serai.js'
import { dataUrl, PLACE_SCHEMA, WEATHER, WEATHER_SCHEMA } from '../tasks.js'

async function asked(runnable, messages, stream) {
  if (!stream) {
    return runnable.invoke(messages)
  }
  let whole
  for await (const chunk of await runnable.stream(messages)) {
    whole = whole ? whole.concat(chunk) : chunk
  }
  return whole
}

const thoughtOf = ({ contentBlocks }) =>
  contentBlocks
    .filter(({ type }) => type === 'reasoning')
    .map(({ reasoning }) => reasoning)
    .join('')

// It sends an effort to models only whose names it knows, unless it is put into the request by hand.
const thinking = (useResponsesApi) =>
  useResponsesApi ? { reasoning: { effort: 'medium', summary: 'auto' } } : { reasoning_effort: 'medium' }

const client = (useResponsesApi, modelKwargs = thinking(useResponsesApi)) => ({
  name: `@langchain/openai, ${useResponsesApi ? 'responses' : 'chat completions'}`,
  showsThoughts: useResponsesApi,
  asksForThoughts: useResponsesApi,
  keepsSignatures: false, // it loses them in streams, from OpenAI itself too
  make:
    ({ url }) =>
    (model, more) =>
      new ChatOpenAI({
        model,
        apiKey: ACCESS_KEY,
        configuration: { baseURL: `${url}/v1` },
        maxRetries: 0,
        useResponsesApi,
        ...more,
      }),

  talk: async (models, model, question, stream) =>
    (await asked(models(model), [new HumanMessage(question)], stream)).text,

  async callTools(models, model, question, stream, weather, thinks) {
    const tools = [{ type: 'function', function: { ...WEATHER, parameters: WEATHER_SCHEMA } }]
    const runnable = models(model, { zdrEnabled: useResponsesApi, ...(thinks && { modelKwargs }) }).bindTools(tools)
    const messages = [new HumanMessage(question)]
    for (;;) {
      const said = await asked(runnable, messages, stream)
      if (said.tool_calls.length === 0) {
        return said.text
      }
      messages.push(said)
      for (const { id, args } of said.tool_calls) {
        messages.push(new ToolMessage({ tool_call_id: id, content: weather(args.city) }))
      }
    }
  },

  structure: (models, model, question) =>
    models(model)
      .withStructuredOutput(PLACE_SCHEMA, { name: 'place', method: 'jsonSchema' })
      .invoke([new HumanMessage(question)]),

  async look(models, model, question, bytes, type) {
    const content = [
      { type: 'text', text: question },
      { type: 'image_url', image_url: { url: dataUrl(bytes, type) } },
    ]
    return (await models(model).invoke([new HumanMessage({ content })])).text
  },

  async think(models, model, question, stream) {
    const said = await asked(models(model, { modelKwargs }), [new HumanMessage(question)], stream)
    return { text: said.text, thought: thoughtOf(said) }
  },
})

export const chat = client(false)
export const responses = client(true)
