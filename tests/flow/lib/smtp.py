"""smtp.py: a mail server for the tests, on loopback: writes each mail into a folder, as JSON.
Usage: smtp.py PORT FOLDER [--tls CERTIFICATE KEY] [--user NAME PASSWORD]
A recipient whose name begins with "refused" is refused for good, with "later" for now; a mail to "hang" is never
answered. Prints "ready"."""
import argparse
import asyncio
import email
import email.policy
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder):
        self.folder, self.count = folder, 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('refused'):
            return '550 5.1.1 nobody of this name'
        if address.startswith('later'):
            return '450 4.2.1 not now'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith('hang'):
            await asyncio.sleep(3600)
        mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        part = mail.get_body(('plain',))
        path = os.path.join(self.folder, f'{self.count:04}')
        self.count += 1
        with open(f'{path}.part', 'w', encoding='utf-8') as out:
            json.dump({'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'tls': session.ssl is not None,
                       'user': session.auth_data, 'headers': [[name, str(value)] for name, value in mail.items()],
                       'defects': [str(defect) for defect in mail.defects], 'type': part['Content-Type'], 'text': part.get_content(),
                       'raw': envelope.original_content.decode('latin-1')}, out)
        os.rename(f'{path}.part', f'{path}.json')
        return '250 OK'


def authenticator(user, password):
    def check(server, session, envelope, mechanism, data):
        good = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=good, handled=False, auth_data=user if good else None)
    return check


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('port', type=int)
    parser.add_argument('folder')
    parser.add_argument('--tls', nargs=2)
    parser.add_argument('--user', nargs=2)
    args = parser.parse_args()
    options = {'hostname': 'smtp.test', 'decode_data': False}
    if args.tls:
        options['tls_context'] = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        options['tls_context'].load_cert_chain(*args.tls)
        options['require_starttls'] = True
    if args.user:
        options.update(authenticator=authenticator(*args.user), auth_required=True)
    handler = Handler(args.folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, **options), '127.0.0.1', args.port)
    print('ready', flush=True)
    async with server:
        await server.serve_forever()

sys.exit(asyncio.run(main()))
