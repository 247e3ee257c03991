package x; class AIT { @org.junit.jupiter.api.Test void a() {} }
