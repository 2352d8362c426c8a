"""The documents as a site: German and English, without network, without anything from elsewhere."""
