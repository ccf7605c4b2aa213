// A real OpenID Connect provider for the tests of single sign-on: whoever signs in with a name is that person.
// node server.mjs PORT BASE...    BASE: where the product under test answers

import Provider from "oidc-provider";

const [port, ...bases] = process.argv.slice(2);
const at = (path) => bases.map((base) => base + path);
const client = (client_id, more) => ({
  client_id,
  client_secret: "bi-mat-chi-dung-trong-kiem-thu",
  redirect_uris: at("/dang-nhap/mot-lan/ve/"),
  post_logout_redirect_uris: at("/dang-nhap/"),
  ...more,
});

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    client("kycuong", { backchannel_logout_uri: `${bases[0]}/dang-nhap/mot-lan/ket-thuc/`, backchannel_logout_session_required: true }),
    client("ngan-han"),
    client("nguoi-khac"),
  ],
  claims: { profile: ["preferred_username", "name"], email: ["email", "email_verified"] },
  features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
  fetch: (url, { dispatcher, ...options }) => fetch(url, options), // the product under test answers on this machine
  pkce: { required: () => true },
  ttl: { AuthorizationCode: (ctx, code, { clientId }) => (clientId === "ngan-han" ? 1 : 60) },
  cookies: { keys: ["chi-dung-trong-kiem-thu"] },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      preferred_username: id.replace(/^.*:/, ""),
      email: `${id}@lamgiang.example`,
      email_verified: !id.startsWith("chua-xac-minh"),
    }),
  }),
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
