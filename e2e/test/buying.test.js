// Credits are bought with the jar as it is built: parts of Stripe's client are left out of it, and none that is needed.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { start } from '../lib/serai.js'

const API_KEY = 'operator-key-of-the-end-to-end-tests'
const WEBHOOK_SECRET = 'whsec_endToEndTests0123456789'

/** With objects in it that Stripe's client reads into classes of their own. */
const session = (paid) => ({
  id: 'cs_test_1',
  object: 'checkout.session',
  mode: 'payment',
  status: paid ? 'complete' : 'open',
  payment_status: paid ? 'paid' : 'unpaid',
  amount_subtotal: 2500,
  amount_total: 2500,
  currency: 'usd',
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  customer: { id: 'cus_1', object: 'customer', address: null, invoice_settings: { footer: null } },
  customer_details: { email: 'a@example.com', address: { country: 'DE' }, tax_ids: [] },
  custom_fields: [],
  metadata: { serai_account: 'default' },
  payment_intent: paid ? { id: 'pi_1', object: 'payment_intent', amount: 2500, status: 'succeeded' } : null,
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  payment_method_types: ['card'],
  shipping_options: [],
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  expires_at: Math.floor(Date.now() / 1000) + 86400,
  url: paid ? null : 'https://checkout.stripe.com/c/pay/cs_test_1',
})

const REFUSAL = {
  error: {
    type: 'card_error',
    code: 'card_declined',
    message: 'declined',
    payment_intent: { id: 'pi_2', object: 'payment_intent', last_payment_error: { type: 'card_error', code: 'x' } },
    payment_method: { id: 'pm_1', object: 'payment_method', card: { brand: 'visa' } },
  },
}

let stripe
let serai
let refuses = false

before(async () => {
  stripe = createServer((request, response) => {
    const list = { object: 'list', url: '/v1/checkout/sessions', has_more: false, data: [session(true)] }
    const said = refuses ? REFUSAL : request.method === 'POST' ? session(false) : list
    request.resume().on('end', () => {
      response.writeHead(refuses ? 402 : 200, { 'content-type': 'application/json', 'request-id': 'req_1' })
      response.end(JSON.stringify(said))
    })
  }).listen(0, '127.0.0.1')
  await once(stripe, 'listening')
  serai = await start({
    env: {
      SERAI_BOOTSTRAP_API_KEY: API_KEY,
      SERAI_STRIPE_SECRET_KEY: 'sk_test_endToEndTests0123456789',
      SERAI_STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      SERAI_STRIPE_API_BASE: `http://127.0.0.1:${stripe.address().port}`,
    },
  })
})

after(async () => {
  await serai?.stop()
  stripe?.close()
})

async function call(path, body) {
  const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' }
  const method = body ? 'POST' : 'GET'
  const response = await fetch(serai.adminUrl + path, { method, headers, body: body && JSON.stringify(body) })
  return { status: response.status, json: await response.json() }
}

const open = () =>
  call('/api/credits/checkout-session', {
    amount: '25',
    successUrl: 'https://shop.example/thanks',
    cancelUrl: 'https://shop.example/credits',
  })

async function tell(type, object) {
  const body = JSON.stringify({ id: `evt_${type}`, object: 'event', type, data: { object } })
  const seconds = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${seconds}.${body}`).digest('hex')
  const headers = { 'stripe-signature': `t=${seconds},v1=${signature}`, 'content-type': 'application/json' }
  return (await fetch(`${serai.adminUrl}/webhooks/stripe`, { method: 'POST', headers, body })).status
}

const balance = async () => (await call('/api/credits/balance')).json.balance

test('credits are bought, and go when the money goes back', async () => {
  const page = await open()
  assert.equal(page.status, 201, JSON.stringify(page.json))
  assert.equal(page.json.url, 'https://checkout.stripe.com/c/pay/cs_test_1')

  assert.equal(await tell('checkout.session.completed', { ...session(true), payment_intent: 'pi_1' }), 200)
  assert.equal(await balance(), '25')

  const refund = { id: 're_1', object: 'refund', amount: 1000, currency: 'usd', payment_intent: 'pi_1', status: 'pending' }
  assert.equal(await tell('refund.created', refund), 200)
  assert.equal(await balance(), '15')
})

test('a refusal of Stripe is told', async () => {
  refuses = true
  const page = await open()
  refuses = false
  assert.equal(page.status, 502)
  assert.match(page.json.msg, /Stripe refused the request \(card_declined\)/)
})
