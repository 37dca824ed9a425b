# The archive with a Java of its own, for those who build images with Docker; `make image` makes one without a daemon.
#   make dist && docker build -t ringback . && docker run -p 4010:4010 -e TWILIO_AUTH_TOKEN=… ringback
# Whoever lets other machines in chooses the token: without TWILIO_AUTH_TOKEN or a ringback.yaml in /work it does not start.
FROM debian:bookworm-slim
COPY dist/ringback-*-linux-x64 /opt/ringback
ENV PATH=/opt/ringback/bin:$PATH HOME=/home/ringback
WORKDIR /work
RUN mkdir -p /home/ringback && chmod 777 /home/ringback /work
USER 1000:1000
EXPOSE 4010
ENTRYPOINT ["/opt/ringback/bin/ringback"]
CMD ["serve", "--host", "0.0.0.0"]
