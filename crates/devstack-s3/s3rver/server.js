// Private S3 server: one bucket, one key, signatures checked.
//
// The only argument is the directory with config.json; objects go below it. The port is printed as "ready PORT". The
// server ends, and removes its directory, when standard input does: that is, with its owner.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const S3rver = require('@20minutes/s3rver');
const accounts = require('@20minutes/s3rver/lib/models/account');

const home = process.argv[2];
const config = JSON.parse(fs.readFileSync(path.join(home, 'config.json'), 'utf8'));

// The key that everybody knows goes, ours comes.
accounts.DUMMY_ACCOUNT.revokeAccessKey('S3RVER');
accounts.DUMMY_ACCOUNT.createKeyPair(config.accessKeyId, config.secretAccessKey);

function end() {
  fs.rmSync(home, { recursive: true, force: true });
  process.exit(0);
}

process.on('SIGINT', () => {});
process.stdin.on('end', end).on('error', end).resume();

const objects = path.join(home, 'objects');
fs.mkdirSync(objects);
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  vhostBuckets: false,
  directory: objects,
  configureBuckets: [{ name: config.bucket }],
});

// Requests about a bucket are signed for "/bucket/", but s3rver checks them as if they were for "/bucket". Before the
// router, the last of its layers, this gives it back the slash by what it knows of other addresses.
server.middleware.splice(-1, 0, (ctx, next) => {
  if (ctx.path === `/${config.bucket}/`) Object.assign(ctx, { mountPath: '/' }).state.vhost = true;
  return next();
});

server.run().then(({ port }) => console.log(`ready ${port}`));
