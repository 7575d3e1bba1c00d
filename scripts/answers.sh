#!/bin/bash
# Whether http://127.0.0.1:4000 answers 200 on the given path: the image has no curl, and needs none.
set -euo pipefail
exec 3<>/dev/tcp/127.0.0.1/4000
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "${1:-/api/ready}" >&3
read -r _ status _ <&3
[ "$status" = 200 ]
